# forecast_r.R: reference values of R's package forecast for test_evaluation_forecast.c. Usage: Rscript tests/unit/forecast_r.R >tests/unit/forecast_r.h
# What R found (parameters, first states) and what it forecasts from there: our recursions, given the same, must give the same. Debian: r-cran-forecast.
suppressMessages(library(forecast))
cat("/* forecast_r.h — made by tests/unit/forecast_r.R: R ", paste(R.version$major, R.version$minor, sep = "."), ", forecast ", as.character(packageVersion("forecast")), ". */\n", sep = "")
num <- function(x) paste(sprintf("%.10g", x), collapse = ", ")
form <- function(name, y, spec, damped) {
  fit <- ets(y, model = spec, damped = damped, opt.crit = "lik", bounds = "usual")
  f <- forecast(fit, h = 12, level = 80)
  p <- function(n) if (n %in% names(fit$par)) fit$par[[n]] else if (n == "phi") 1 else 0
  m <- frequency(y)
  s <- if (substr(spec, 3, 3) == "N") 0 else rev(as.numeric(fit$initstate[(length(fit$initstate) - m + 1):length(fit$initstate)]))
  cat("    { \"", spec, "\", ", if (damped) "true" else "false", ", ", name, ", LEN(", name, "), ", if (length(s) > 1) m else 1, ", ",
      num(c(p("alpha"), p("beta"), p("gamma"), p("phi"), fit$initstate[[1]], if (substr(spec, 2, 2) == "N") 0 else fit$initstate[[2]])), ", { ", num(s), " },\n      { ",
      num(f$mean), " },\n      { ", num((f$upper[, 1] - f$mean) / qnorm(0.9)), " }, ", num(sum(residuals(fit)^2)), " },\n", sep = "")
}
cat("static const struct r_form { const char *form; bool damped; const double *y; int n, m; double alpha, beta, gamma, phi, l0, b0, s0[12], mean[12], sd[12], sse; } r_forms[] = {\n")
form("nile", Nile, "ANN", FALSE)
form("nile", Nile, "AAN", FALSE)
form("nile", Nile, "AAN", TRUE)
for (spec in c("ANA", "AAA", "MNM", "MAM")) form("air", AirPassengers, spec, FALSE)
for (spec in c("AAA", "MAM")) form("air", AirPassengers, spec, TRUE)
cat("};\n")
simple <- function(name, f) cat("static const double r_", name, "[] = { ", num(f$mean), " };\n", sep = "")
simple("theta_air", thetaf(AirPassengers, h = 12))
simple("theta_nile", thetaf(Nile, h = 3))
simple("ets_air", forecast(ets(AirPassengers), h = 12))
ets_nile <- forecast(ets(Nile), h = 3, level = 95)
simple("ets_nile", ets_nile)
cat("static const double r_ets_nile_lo95 = ", num(ets_nile$lower[1, 1]), ";\n", sep = "")
cat("static const double r_nile_median = ", num(median(Nile)), ", r_nile_mad = ", num(mad(Nile, constant = 1)), ";\n", sep = "")
t4 <- qt(c(0.9, 0.975), 4) / sqrt(2)
cat("static const double r_t4[] = { ", num(t4), " };\n", sep = "")
