"""The provider plugin: the face of every language, over the same core as the dynamic one."""
