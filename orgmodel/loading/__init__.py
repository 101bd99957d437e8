"""Loading: what a shared graph must change to hold a dataset, and changing it.

A load compares what the server holds of a dataset with what the dataset says, and writes the difference. It
trusts nothing but what it reads, so that a load that was interrupted is finished by doing it again.
"""
