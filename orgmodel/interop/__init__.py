"""Interop: structures as other graph libraries have them, one module each."""
