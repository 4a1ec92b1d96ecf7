# tests of the house itself: includes, banned calls, documentation against code
