"""Reads over 创效 and 项目组. Other contexts need the registries `benefits` and `cures` only."""
