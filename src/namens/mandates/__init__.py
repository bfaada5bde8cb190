"""The heart: who may act for whom, for which services, from when until when, and the one place that says yes or no."""
