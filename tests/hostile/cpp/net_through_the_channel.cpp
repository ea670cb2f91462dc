// expect: AC
// must-not: do more with the judge's channel than read and write (WA here means it could)
// why: asks the channel who is there, and tries to send descriptors through it
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>
#include <cstring>
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
  struct ucred peer {};
  socklen_t size = sizeof peer;
  if (getsockopt(3, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0) return -1;
  const int large = 1 << 24;
  if (setsockopt(3, SOL_SOCKET, SO_SNDBUF, &large, sizeof large) == 0) return -1;
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  char byte = 0;
  iovec part{&byte, 1};
  msghdr message{};
  message.msg_iov = &part, message.msg_iovlen = 1;
  message.msg_control = control, message.msg_controllen = sizeof control;
  cmsghdr* head = CMSG_FIRSTHDR(&message);
  head->cmsg_level = SOL_SOCKET, head->cmsg_type = SCM_RIGHTS, head->cmsg_len = CMSG_LEN(sizeof(int));
  const int own = 1;
  std::memcpy(CMSG_DATA(head), &own, sizeof own);
  if (sendmsg(3, &message, MSG_DONTWAIT) >= 0) return -1;
  if (send(3, &byte, 1, MSG_DONTWAIT | MSG_OOB) >= 0 || recv(3, &byte, 1, MSG_DONTWAIT | MSG_PEEK) >= 0) return -1;
  if (shutdown(3, SHUT_RD) == 0) return -1;
  return right(nums, k);
}
