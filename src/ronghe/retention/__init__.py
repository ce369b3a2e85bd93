"""保存期限: how long each kind of record is kept, what is done to it then, a report of what went, and legal holds."""
