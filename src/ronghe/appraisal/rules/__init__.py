"""The rules of 述职评议, pure."""
