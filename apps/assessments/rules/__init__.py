"""Rules of joint threat assessments: yardsticks, checks of the text, fingerprints. Pure."""
