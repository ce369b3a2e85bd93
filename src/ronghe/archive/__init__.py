"""档案: 收发文 with gapless numbers, one folder a year with its index, inspection packs."""
