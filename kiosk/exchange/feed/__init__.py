"""Reading what others send: unpacking, decoding, JSON, tables, and putting the rows together on disk."""
