"""消息: what was said to whom, each opening the thing that it speaks of."""
