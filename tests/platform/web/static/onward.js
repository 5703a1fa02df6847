// Send the form on this page to where it belongs. Knows nothing of what is in it.
document.getElementById("onward").submit();
