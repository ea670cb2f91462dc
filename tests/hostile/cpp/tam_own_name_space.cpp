// expect: WA
// must-not: let another entry decide
// why: sends the line behind it to a name space of its own, which answers by itself
#include <vector>
namespace mine {
using rehearse_harness::Job;
template <auto F, int Count>
struct Function : rehearse_harness::Entry {
  Function() : Entry([](Job& job) { job.out.u8('T'); }) {}
};
}  // namespace mine
long long solve(const std::vector<long long>&, int) { return -1; }
#define rehearse_harness mine
