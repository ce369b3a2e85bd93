"""事件推送: other systems are told of what has happened, signed and retried."""
