"""LTI Dynamic Registration 1.0, between the tool and the platform of these tests."""
