"""关切: conditions that somebody raises and somebody answers, read by few, gone after their term; and that 谈心谈话 took place.

Here stands nothing about what a person thinks: no score, no label, no history of anybody (DOMAIN.md, Limits).
"""
