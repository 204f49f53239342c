"""What is known: files are read into articles, articles are cut into passages and sentences."""
