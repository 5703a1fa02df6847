"""LTI Deep Linking 2.0: from the platform's request to a placed link, over real HTTP."""
