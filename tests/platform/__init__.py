"""A small, honest LTI 1.3 platform for the demo and the tests. Knows nothing of how the tool is built.

Start reading at `platform.py`. Nothing is imported here: `people` stays light for those who seed.
"""
