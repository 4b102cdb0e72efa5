"""When will the target be reached, and how good were our ranges?"""
