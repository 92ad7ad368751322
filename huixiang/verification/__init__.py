"""Verification: did the fix work, or would it have got better anyway?"""
