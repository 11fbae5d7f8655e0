"""The directory in the form in which others exchange theirs: Open Referral's HSDS 3.1."""
