"""The pages of offers, choices and the legal regime, a file a subject."""
