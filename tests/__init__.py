"""Tests of tdkt_xl."""
