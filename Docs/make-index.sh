#!/usr/bin/env bash
# The first page of the documentation's site leads to that of the library.
# make-index.sh SITE [BASE_PATH]
set -euo pipefail
page="${2:+/$2}/documentation/langevin/"
cat > "$1/index.html" <<END
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Langevin</title>
<meta http-equiv="refresh" content="0; url=$page">
<p><a href="$page">The documentation of Langevin</a></p>
</html>
END
