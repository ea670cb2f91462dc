// rehearse: booking-calendar
// expect: WA
// Looks at the next slot only; one that began earlier and is still going on is not seen.
#include <map>

class BookingCalendar {
 public:
  bool book(long long start, long long stop) {
    const auto next = slots_.lower_bound(start);
    if (next != slots_.end() && next->first < stop) return false;
    slots_[start] = stop;
    return true;
  }

 private:
  std::map<long long, long long> slots_;
};
