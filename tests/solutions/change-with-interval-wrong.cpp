// rehearse: change-with-interval
// expect: WA
// Divides the ends of the absolute interval by the control's share, as if that share were known exactly.
#include <cmath>
#include <optional>
#include <tuple>

class ChangeReadout {
 public:
  explicit ChangeReadout(double z) : z_(z) {}

  void add(long long arm, long long users, long long conversions) {
    users_[arm] += static_cast<double>(users);
    conversions_[arm] += static_cast<double>(conversions);
  }

  std::optional<std::tuple<double, double, double>> points() {
    if (users_[0] == 0 || users_[1] == 0) return std::nullopt;
    const double p1 = conversions_[0] / users_[0];
    const double p2 = conversions_[1] / users_[1];
    const double reach = z_ * std::sqrt(p1 * (1 - p1) / users_[0] + p2 * (1 - p2) / users_[1]);
    const double change = p2 - p1;
    return std::tuple(100 * change, 100 * (change - reach), 100 * (change + reach));
  }

  std::optional<std::tuple<double, double, double>> percent() {
    const auto absolute = points();
    if (!absolute || conversions_[0] == 0) return std::nullopt;
    const double p1 = conversions_[0] / users_[0];
    const auto [change, lower, upper] = *absolute;
    return std::tuple(change / p1, lower / p1, upper / p1);
  }

 private:
  double z_;
  double users_[2] = {0, 0};
  double conversions_[2] = {0, 0};
};
