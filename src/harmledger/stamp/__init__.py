"""Who attests time, asked over the network: authorities (RFC 3161) and calendars (OpenTimestamps). What they answer is checked before it is given on."""
