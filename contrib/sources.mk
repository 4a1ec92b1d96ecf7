# what contrib/ ships
