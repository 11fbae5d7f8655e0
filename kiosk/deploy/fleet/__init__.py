"""Software for many terminals, by engines that exist: apt, systemd, Ansible."""
