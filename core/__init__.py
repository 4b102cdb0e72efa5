"""Pure rules: values in, values out; one file per noun."""
