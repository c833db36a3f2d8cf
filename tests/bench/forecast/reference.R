# The same series by R's forecast package: ets() and thetaf() with their defaults. Usage: Rscript reference.R TRAIN OUT
suppressMessages(library(forecast))
arg <- commandArgs(TRUE)
out <- file(arg[2], "w")
row <- function(f) signif(c(rbind(as.numeric(f$mean), f$lower[, 1], f$upper[, 1], f$lower[, 2], f$upper[, 2])), 12)
for (line in readLines(arg[1])) {
  w <- strsplit(trimws(line), " ")[[1]]
  h <- as.integer(w[3])
  y <- ts(as.numeric(ifelse(w[-(1:3)] == "NA", NA, w[-(1:3)])), frequency = as.integer(w[2]))
  if (anyNA(y)) y <- na.interp(y)
  for (method in c("ets", "theta")) {
    f <- if (method == "ets") forecast(ets(y), h = h, level = c(80, 95)) else thetaf(y, h = h, level = c(80, 95))
    writeLines(paste(w[1], method, "-", paste(row(f), collapse = " ")), out)
  }
}
close(out)
