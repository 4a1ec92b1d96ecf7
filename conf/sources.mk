# what conf/ ships
