"""Pages of the assessment: ranking and station for everybody on it, runs and schemes for those who prepare them."""
