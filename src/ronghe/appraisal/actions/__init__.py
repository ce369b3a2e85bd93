"""Every write of 述职评议, one file a noun."""
