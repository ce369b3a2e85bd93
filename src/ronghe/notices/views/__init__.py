"""Pages of messages: everybody's inbox, and the administrator's reminders and robots."""
