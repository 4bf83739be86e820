"""What spandrel imports of torchvision, for a torch without CUDA: no registry has a torchvision of that kind."""
