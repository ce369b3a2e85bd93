"""Pages of 述职评议."""
