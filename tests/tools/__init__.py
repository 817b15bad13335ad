"""Tools that make the samples and the test inputs."""
