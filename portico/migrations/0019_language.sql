-- What whoever asks for a mail reads, for its reader whose own language is not known; NULL: nobody has said.
ALTER TABLE recoveries ADD COLUMN language TEXT;
