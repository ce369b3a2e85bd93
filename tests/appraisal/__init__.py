"""Tests of 述职评议."""
