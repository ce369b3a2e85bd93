"""Reads of 述职评议, from `visible_to(user)`."""
