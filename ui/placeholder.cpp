namespace meteorograph {}
