"use strict";
// Without this the button does the same.
document.getElementById("verder").submit();
