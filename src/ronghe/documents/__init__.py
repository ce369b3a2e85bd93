"""文档: attached files, each as readable as the object that it belongs to."""
