"""The rules, pure: standard library only. Time is an argument. Read this folder first."""
