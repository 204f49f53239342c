"""The engines, one a module; all pass the same contract tests."""
