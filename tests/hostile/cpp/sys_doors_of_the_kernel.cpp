// expect: AC
// must-not: answer one of them with anything but a refusal (WA here means it did)
// why: the calls by which kernels are usually broken, with arguments that do nothing
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>
static long long right(const std::vector<long long>& nums, int k) {
  long long sum = 0;
  for (int i = 0; i < k; ++i) sum += nums[i];
  long long best = sum;
  for (std::size_t i = k; i < nums.size(); ++i) {
    sum += nums[i] - nums[i - k];
    if (sum > best) best = sum;
  }
  return best;
}
long long solve(const std::vector<long long>& nums, int k) {
  static char room[256];
  const long calls[][4] = {
      {SYS_bpf, 5, reinterpret_cast<long>(room), 8},         {SYS_userfaultfd, 0, 0, 0},
      {SYS_perf_event_open, reinterpret_cast<long>(room), 0, -1}, {SYS_add_key, reinterpret_cast<long>("user"), reinterpret_cast<long>("x"), 0},
      {SYS_keyctl, 0, -3, 1},                                {SYS_request_key, reinterpret_cast<long>("user"), reinterpret_cast<long>("x"), 0},
      {SYS_fanotify_init, 0, 0, 0},                          {SYS_open_by_handle_at, -1, reinterpret_cast<long>(room), 0},
      {SYS_personality, 0xffffffff, 0, 0},                   {SYS_mount, 0, reinterpret_cast<long>("/"), 0},
      {SYS_pivot_root, reinterpret_cast<long>("."), reinterpret_cast<long>("."), 0}, {SYS_seccomp, 2, 0, reinterpret_cast<long>(room)},
      {SYS_membarrier, 0, 0, 0},                             {SYS_syslog, 10, 0, 0},
      {SYS_mq_open, reinterpret_cast<long>("/x"), 64, 384},  {SYS_shmget, 0, 4096, 01600},
      {SYS_semget, 0, 1, 01600},                             {SYS_msgget, 0, 01600, 0},
      {SYS_modify_ldt, 0, reinterpret_cast<long>(room), 16}, {SYS_timer_create, 1, 0, reinterpret_cast<long>(room)},
      {SYS_remap_file_pages, 0, 0, 0},                       {SYS_move_pages, 0, 0, 0},
      {425, 4, reinterpret_cast<long>(room), 0},             {428, -1, reinterpret_cast<long>("."), 0},
      {444, 0, 0, 1},                                        {SYS_capget, reinterpret_cast<long>(room), 0, 0},
      {SYS_getcpu, 0, 0, 0},                                 {SYS_quotactl, 0, 0, 0}};
  for (const auto& call : calls)
    if (syscall(call[0], call[1], call[2], call[3], 0, 0) >= 0) return -1;
  return right(nums, k);
}
