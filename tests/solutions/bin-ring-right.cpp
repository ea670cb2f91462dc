// rehearse: bin-ring
//
// Each slot of the ring remembers which bin it holds. Nothing is cleared when time passes: a slot
// whose bin has left the window is not added up, and is taken over when a new bin needs it.
#include <algorithm>
#include <limits>
#include <vector>

class BinRing {
 public:
  BinRing(long long bins, long long bin_s) : bin_s_(bin_s), slots_(bins) {}

  bool add(long long at_s, long long amount) {
    const long long bin = see(at_s);
    const auto bins = static_cast<long long>(slots_.size());
    if (bin <= newest_ - bins) return false;
    Slot& slot = slots_[(bin % bins + bins) % bins];
    if (slot.bin != bin) slot = {bin, 0};
    slot.sum += amount;
    return true;
  }

  long long total(long long now_s) {
    see(now_s);
    long long sum = 0;
    for (const Slot& slot : slots_) {
      if (slot.bin > newest_ - static_cast<long long>(slots_.size())) sum += slot.sum;
    }
    return sum;
  }

 private:
  static constexpr long long kNever = std::numeric_limits<long long>::min() / 2;

  struct Slot {
    long long bin = kNever;
    long long sum = 0;
  };

  long long see(long long at_s) {
    const long long bin = at_s / bin_s_ - (at_s % bin_s_ < 0 ? 1 : 0);
    newest_ = std::max(newest_, bin);
    return bin;
  }

  long long bin_s_;
  long long newest_ = kNever;
  std::vector<Slot> slots_;
};
